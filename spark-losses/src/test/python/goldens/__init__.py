"""The files of expected values that the tests read: what is in them and how it is made."""
