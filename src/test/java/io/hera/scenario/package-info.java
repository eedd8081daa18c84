/**
 * Scenarios as texts: each file of {@code src/test/resources/scenarios} is one story of a cluster.
 */
@org.jspecify.annotations.NullMarked
package io.hera.scenario;
