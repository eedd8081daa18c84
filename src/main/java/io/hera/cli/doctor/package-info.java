/**
 * {@code hera doctor}: asks all nodes of a cluster for their status and prints whether they agree. It runs outside the nodes,
 * uses only their HTTP API, and checks every answer.
 *
 * <p>{@link io.hera.cli.doctor.Doctor} asks and prints, {@link io.hera.cli.doctor.NodeProbe} asks one node, {@link
 * io.hera.cli.doctor.Diagnosis} compares the statuses of all.
 */
@NullMarked
package io.hera.cli.doctor;

import org.jspecify.annotations.NullMarked;
