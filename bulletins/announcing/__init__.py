"""Bulletins by mail, without an address book.

A bulletin goes to mailing lists, one for each language. Who reads them is known to the host of the
list and to nobody here: all that is stored is the list's own address, and a log of what went out.

    models    which list has which language;  the log, one row for each side that was to be sent
    queue     which sides are to be sent, kept true in the transaction of whatever was written
    sending   what is due, sent: by `run_due`, never by a request;  handing_over: the mail server
    mails     a side as a mail;  plain: its text without HTML
    admin     lists for administrators, the log for editors, the box in a bulletin's form;
              telling: its words
"""
