"""From delivery to Parquet: landing, fingerprint, claim, read, judge, pseudonymise, write."""
