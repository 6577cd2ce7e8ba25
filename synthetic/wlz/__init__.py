"""The long-term care part of the demo region: indications, waiting list, own lists, lawfulness."""
