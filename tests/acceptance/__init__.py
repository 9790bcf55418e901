"""The whole job on the sample indexes, judged by programs that are not ours."""
