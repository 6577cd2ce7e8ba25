"""The demo region: a small Netherlands of invented persons, with the truth behind it.

No person, BSN, insurer or zorgaanbieder in it exists. The BSNs pass the 11-proef and lie between
900000000 and 998999999: numbers that are handed out do not start with 9, and the published test
numbers begin with 9999 [from memory], so the range meets neither. What is calibrated on published
figures, and what is invented, stands in ``gegevens/calibratie.csv`` and ``docs/demo-region.md``.

Only the command line and the tests import this package.
"""
