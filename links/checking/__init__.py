"""Do the addresses that readers are sent to still lead somewhere?

addresses    which hosts may be asked at all
names        a name looked up once, within a time
wire         one question over a connection of which time and bytes are bounded
fetching     one polite visit, redirects followed by hand
outcomes     what a visit found, in words
turns        one visit per host at a time, with a pause
collecting   which links stand where
recording    what is kept of a visit
running      what is due, asked by a few threads
"""
