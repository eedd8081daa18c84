/**
 * Records the exchanges of the real version 1.0 with a peer, for the tests in {@code io.hera.compat}.
 *
 * <p>{@link io.hera.compat.Recorder} starts the jar of version 1.0 as node b of a cluster and plays
 * its peer a. It writes into {@code src/test/resources/compat-1.0}, whose README describes the
 * files:
 *
 * <ul>
 *   <li>the requests that version 1.0 sends,
 *   <li>its answers to requests as this version sends them,
 *   <li>answers as this version writes them, and what version 1.0 shows after reading them.
 * </ul>
 *
 * <p>The tests replay these against the real classes, so a build needs no jar of version 1.0. {@code
 * MixedVersionsIT} runs it beside this version. To record anew:
 *
 * <pre>
 * scripts/test-main io.hera.compat.Recorder hera-1.0.jar
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.hera.compat;
