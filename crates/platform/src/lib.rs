//! Sign-in, users, teams, roles, presence, audit, settings, files, backup.
