/** The scripts, and how they and the files in conf start the JVM. */
package io.hera.scripts;
