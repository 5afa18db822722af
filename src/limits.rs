//! Every numeric limit, with its reason. Nothing that a peer or a script can make grow is without
//! one.
