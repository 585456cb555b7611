"""Whole archives: every article of IN is attributed, by several processes, and its answer is in OUT, in order.

    source -> entries -> engine: answers, in order -> journal -> OUT

The journal is an append-only file with a line for each article. It is the only state there is: after a kill at any
moment, the next run goes on behind its last whole line. When the journal is complete it becomes OUT, all at once.
"""
