package io.hera.client;

import java.util.random.RandomGenerator;

/**
 * The parts of a client that touch the world: network, time, threads and chance. An application
 * needs none of this; tests and tools put in their own, such as virtual time.
 *
 * @param loop owns all state of the client, which closes it
 * @param transport carries the requests; the client closes it
 * @param events runs foreign code; the client closes it
 * @param random any thread may ask it: balancers do
 * @param names resolves the hosts of nodes
 */
public record Machinery(
    Loop loop, Transport transport, Worker events, RandomGenerator random, Resolver names) {}
