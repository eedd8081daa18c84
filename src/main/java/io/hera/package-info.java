/**
 * Hera, a registry of services: floor 3 of the house, where settings are read and a node is built, deployed and
 * stopped.
 */
@NullMarked
package io.hera;

import org.jspecify.annotations.NullMarked;
