"""What is done to a document, or to one of its sides, as a whole.

Each act locks the document, then the side, reads both anew, and writes, in one transaction.
"""
