//! Event log, reactors, jobs, deadlines, leases, configuration, outbound clients.
