/** Attacks on nodes with security switched on, over real sockets; the tests have the ids of the attacks in their names. */
package io.hera.security;
