"""Disclosure control: which cells of a release stay hidden, and why.

The work is done once for the union of all extracts of a release, so that two extracts laid side by
side say no more than one. ``rules`` reads the rules as data; ``cells`` holds the measures;
``primary`` finds cells that may not be shown for what they are; ``relations`` lists every
"parts add up to a total" a reader can use; ``secondary`` hides as few further cells as it can until
no relation gives a hidden cell away; ``solve`` proves that no combination of relations does;
``control`` strings these together.

A relation is all the later steps know of the shape of a table. Control across versions therefore
fits in as further relations, between the cells of two versions, and an auditor that computes
intervals instead of single solutions reads the same list.
"""
