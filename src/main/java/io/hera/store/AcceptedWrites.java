package io.hera.store;

/**
 * The writes of clients that this node has done since it started.
 *
 * @param registrations those after which an instance was there that was not there before
 * @param renewals other registrations and renewals, whether they changed the document or not
 * @param removals deregistrations
 */
public record AcceptedWrites(long registrations, long renewals, long removals) {}
