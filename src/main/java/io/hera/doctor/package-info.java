/**
 * {@code hera doctor}: asks all nodes of a cluster how they are and says in words whether they agree. It runs beside the nodes,
 * knows them by their HTTP API alone, and believes nothing of what they answer before it has looked at it.
 *
 * <p>{@link io.hera.doctor.Doctor} goes its round and speaks, {@link io.hera.doctor.Visit} asks one node, {@link
 * io.hera.wire.NodeStatus} is what it says of itself, {@link io.hera.doctor.Diagnosis} compares what all have said.
 */
@NullMarked
package io.hera.doctor;

import org.jspecify.annotations.NullMarked;
