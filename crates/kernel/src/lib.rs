//! Ids, time, actors and rights, errors, paging and the working-time calendar. No I/O.
