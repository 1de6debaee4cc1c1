package dev.storewatch.cli;

import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, from its jar, and that of the rules of time zones that it uses. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Storewatch.class.getPackage().getImplementationVersion();
    return new String[] {
      "storewatch " + (version == null ? "(not packaged)" : version), "time zones " + zoneRules()
    };
  }

  private static String zoneRules() {
    try {
      DataOption.useZoneRules(null);
      return ZoneTable.inUse().version();
    } catch (WrongInput e) {
      return "(%s)".formatted(e.getMessage());
    }
  }
}
