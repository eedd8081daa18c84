/** The files of a snapshot: their format, and what to do with each state in which a disk may have left them (P14). */
@NullMarked
package io.hera.disk.file;

import org.jspecify.annotations.NullMarked;
