package dev.storewatch.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a {@code robots.txt} lets a program ask for, as RFC 9309 says: the rules of the groups that
 * name the program, else those for all; of the rules that match, the longest holds, and one that
 * allows if two are as long.
 */
final class RobotsTxt {
  /** No rules: everything may be asked for. */
  static final RobotsTxt NONE = new RobotsTxt(List.of());

  private static final int MOST_RULES = 1_000;

  private final List<Rule> rules;

  private RobotsTxt(List<Rule> rules) {
    this.rules = rules;
  }

  private record Rule(boolean allows, int length, Pattern pattern) {}

  /**
   * Reads the rules for a program.
   *
   * @param program its name in lower case
   */
  static RobotsTxt parse(String text, String program) {
    Reader reader = new Reader(program);
    text.lines().map(line -> line.replaceFirst("#.*", "").strip()).forEach(reader::read);
    return new RobotsTxt(List.copyOf(reader.isNamed ? reader.own : reader.ofAll));
  }

  /** A reader of lines: some that name programs, then the rules for these, and so on. */
  private static final class Reader {
    private final String program;
    private final List<Rule> own = new ArrayList<>();
    private final List<Rule> ofAll = new ArrayList<>();
    private boolean isNamed;
    private boolean namesOwn;
    private boolean namesAll;
    private boolean inRules;

    Reader(String program) {
      this.program = program;
    }

    void read(String line) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      switch (key) {
        case "user-agent" -> group(value);
        case "allow" -> rule(true, value);
        case "disallow" -> rule(false, value);
        default -> {}
      }
    }

    private void group(String agent) {
      boolean goesOn = !inRules;
      namesOwn = (goesOn && namesOwn) || isNamed(agent, program);
      namesAll = (goesOn && namesAll) || agent.equals("*");
      isNamed |= namesOwn;
      inRules = false;
    }

    private void rule(boolean allows, String path) {
      inRules = true;
      if (namesOwn) {
        add(path, allows, own);
      } else if (namesAll) {
        add(path, allows, ofAll);
      }
    }
  }

  private static boolean isNamed(String agent, String program) {
    return agent.toLowerCase(Locale.ROOT).replaceFirst("[^a-z_-].*", "").equals(program);
  }

  private static void add(String path, boolean allows, List<Rule> to) {
    if (path.startsWith("/") && to.size() < MOST_RULES) {
      to.add(new Rule(allows, path.length(), pattern(path)));
    }
  }

  private static Pattern pattern(String path) {
    boolean toTheEnd = path.endsWith("$");
    String plain = toTheEnd ? path.substring(0, path.length() - 1) : path;
    StringBuilder pattern = new StringBuilder();
    for (String part : plain.split("\\*+", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*?").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern + (toTheEnd ? "" : ".*"), Pattern.DOTALL);
  }

  /** Returns whether a path, with its query, may be asked for. */
  boolean allows(String path) {
    boolean allows = true;
    int longest = -1;
    for (Rule rule : rules) {
      boolean counts = rule.length > longest || (rule.length == longest && rule.allows);
      if (counts && rule.pattern.matcher(path).matches()) {
        allows = rule.allows;
        longest = rule.length;
      }
    }
    return allows;
  }
}
