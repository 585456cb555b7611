"""Attributes whole archives in several processes. OUT has one result per article of IN, in the same order.

    source -> entries -> engine: answers, in order -> journal -> OUT

The journal is an append-only file with one line per article. It is the only state: a run that was killed is resumed
after the journal's last complete line. Once complete, the journal is converted to OUT, which appears atomically.
"""
