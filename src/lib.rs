//! Utkik.
