package dev.storewatch.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, from its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Storewatch.class.getPackage().getImplementationVersion();
    return new String[] {"storewatch " + (version == null ? "(not packaged)" : version)};
  }
}
