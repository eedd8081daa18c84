/** What the node costs beside a bare server: the classes behind {@code scripts/bench}. */
package io.hera.bench;
