/**
 * Holds the Debian package, the unit, and the files for containers to the node. {@code ScratchSystem} lets a test install
 * the package for real without a change to this machine.
 */
package io.hera.packaging;
