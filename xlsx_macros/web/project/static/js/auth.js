// Who is asking: the access key that was typed into the task pane, for this session only.
globalThis.getAuth = async function () {
  const key = sessionStorage.getItem("perf-addin-key") || "";
  return { token: key, provider: key ? "custom" : "" };
};
