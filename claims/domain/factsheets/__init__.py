"""Rules of fact sheets and their editions, in plain Python."""
