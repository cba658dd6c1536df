"""PostgreSQL under factbase: the embedded server, the database backend, roles and rights."""
