"""A sample exam from the draw to the certificate, sat by three sample trainees."""
