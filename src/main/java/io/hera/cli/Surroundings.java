package io.hera.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a command reads and writes besides files.
 *
 * @param random fit for secrets
 * @param wall unix time
 */
public record Surroundings(
    InputStream in, PrintWriter out, PrintWriter err, RandomGenerator random, InstantSource wall) {}
