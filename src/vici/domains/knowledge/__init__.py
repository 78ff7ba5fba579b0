"""What the shop says about itself: delivery, returns, warranty, payment, privacy, opening hours, in its own words.

Promises: an answer quotes a passage of a document that is there now.
"""
