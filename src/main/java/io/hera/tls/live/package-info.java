/**
 * The TLS material in force in a running node. {@link io.hera.tls.live.LiveTls} is the only place that has it: each server and
 * each client of the node takes its options from there, and gets others when the files have changed.
 */
@NullMarked
package io.hera.tls.live;

import org.jspecify.annotations.NullMarked;
