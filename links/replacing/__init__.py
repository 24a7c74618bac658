"""One address replaced by another in every text, after a look at each place.

finding  where an address stands, drafts included
acting   puts another there, by the same way as an editor's save
drafts   the same in what translators have begun at the desk
"""
