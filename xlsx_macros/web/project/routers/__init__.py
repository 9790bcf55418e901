"""Our routes; xlwings-server looks for them under this name."""
