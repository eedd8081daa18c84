package io.hera.cli;

import io.hera.cli.certificates.CertificateAuthority;
import io.hera.cli.certificates.CertificateAuthority.Existing;
import io.hera.cli.certificates.NodeHosts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera certificates}: makes the certificates of a cluster, and its certificate authority. */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = "hera certificates [-h] [--renew] DIR NODE=HOST[,HOST]... ...",
    description = {
      "Makes DIR/NODE/{tls.crt,tls.key,ca.crt} for each node, valid for a year: the directory for its setting tls.",
      "If DIR has no CA, one is made, valid for 10 years. DIR/ca.p12 has its key: keep DIR off the nodes."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all were made",
      "1:keytool or the file system fails",
      "2:wrong option, or files exist"
    })
final class CertificatesCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--renew",
      description = "replaces certificates that exist; the CA stays the same")
  private boolean renew;

  @Parameters(index = "0", paramLabel = "DIR", description = "where the CA is, or will be")
  private Path directory = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NODE=HOST[,HOST]...",
      description = "a node, and the hosts by which peers and clients reach it")
  private List<String> nodes = List.of();

  @Override
  public Integer call() {
    List<NodeHosts> parsed;
    try {
      parsed = nodes.stream().map(NodeHosts::parse).toList();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
    }
    try {
      new CertificateAuthority(directory, spec.commandLine().getOut())
          .issue(parsed, renew ? Existing.RENEW : Existing.KEEP);
      return 0;
    } catch (IOException failure) {
      spec.commandLine().getErr().println("hera: " + failure.getMessage());
      return FAILED;
    }
  }
}
