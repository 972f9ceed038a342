"""Proof: the finished PDF is read back and compared with what was meant."""
