"""Which threads need the company, and why: small pure detectors, and one function that makes the desk agree."""
