/**
 * {@code hera certificates}: a certificate authority for one cluster, by the keytool of the JDK. It runs outside the nodes.
 *
 * <p>{@link io.hera.cli.certificates.CertificateAuthority} issues to {@link
 * io.hera.cli.certificates.NodeHosts}, and {@link io.hera.cli.certificates.Keytool} is the process that does so.
 */
@NullMarked
package io.hera.cli.certificates;

import org.jspecify.annotations.NullMarked;
