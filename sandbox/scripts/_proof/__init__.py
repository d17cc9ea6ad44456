"""The proof renderer's craft: sets, cut-outs, light, grade, shots, moves and the PROOF mark."""
