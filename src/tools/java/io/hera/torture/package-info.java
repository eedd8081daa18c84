/** Real processes, a fault proxy on every link between them, and an offline judge of what their clients saw. */
package io.hera.torture;
