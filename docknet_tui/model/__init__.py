"""What a Docker network is: frozen values, no I/O, no clock, standard library only."""
