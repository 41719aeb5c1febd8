// Calls to action: shown when their time has come, on our own pages and on foreign ones.
