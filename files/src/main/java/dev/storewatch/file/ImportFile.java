package dev.storewatch.file;

import dev.storewatch.entry.StoreIdIndex;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of polls, business hours or time zones opened for reading: its header is read and its kind
 * known.
 *
 * <p>The file is CSV, or has a poll in JSON on each line. It is in UTF-8, or in UTF-16 with a byte
 * order mark, plain, packed with gzip, or one or several in a zip archive, all of one kind. One
 * thread reads it; others may ask how far it is. Memory does not grow with the file, only with the
 * number of stores.
 */
public final class ImportFile implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  /** How far a header is searched for, because a small packed file may unpack without end. */
  private static final int BLOCKS_TO_HEADER = 4;

  /** How many lines a row may have, because each line with a quote may look for its end. */
  private static final int MOST_LINES = 100;

  private static final int BYTE_ORDER_MARK = 0xBF_BB_EF;

  /** How the line begins by which a file tells its separator, for a spreadsheet program. */
  private static final String SEPARATOR = "sep=";

  private final String name;
  private final StoreIdIndex stores;
  private final int block;
  private final ReadOptions options;
  private final Meaning meaning;
  private final CountedInput raw;

  /** The archive that the file is; null if it is none. */
  private final @Nullable Archive archive;

  private final InputStream unpacked;

  /** Whether the bytes of the text are those of the file. */
  private final boolean isAsItLies;

  private Lines lines;
  private Header header;
  private final AtomicLong rows = new AtomicLong();

  /** Where the ranges end that were taken over; 0 without any. */
  private final AtomicLong rangesEnd = new AtomicLong();

  /** What is read after the ranges; null while there is nothing. */
  private volatile @Nullable CountedInput rest;

  /** The position of the next line in the block. */
  private int position;

  /** The number of the line before it, counted through all files of an archive. */
  private long line;

  /** The number of the line before the first one of the file that is read. */
  private long lineBefore;

  private @Nullable Character separator;

  /** The header as it was in the file; null while none was read. */
  private @Nullable String headerText;

  private boolean hasOneHeader;

  ImportFile(InputStream bytes, String name, StoreIdIndex stores, int block) throws IOException {
    this(bytes, name, stores, block, UnpackLimits.NONE, ReadOptions.NONE);
  }

  private ImportFile(
      InputStream bytes,
      String name,
      StoreIdIndex stores,
      int block,
      UnpackLimits limits,
      ReadOptions options)
      throws IOException {
    this.name = name;
    this.stores = stores;
    this.block = block;
    this.options = options;
    this.meaning = new Meaning(name, options);
    this.raw = new CountedInput(bytes);
    PushbackInputStream in = new PushbackInputStream(raw, Integer.BYTES);
    byte[] start = in.readNBytes(Integer.BYTES);
    in.unread(start);
    int magic = magic(start);
    boolean isPlain = false;
    try {
      if (magic == Archive.MAGIC) {
        this.archive = new Archive(in, raw, name, limits);
        InputStream first = archive.next();
        if (first == null) {
          throw new BadFileException(name, "is an archive without a file in it");
        }
        this.unpacked = first;
      } else {
        this.archive = null;
        boolean isGzip = magic >>> Short.SIZE == GzipInput.MAGIC;
        isPlain = !isGzip;
        this.unpacked = isGzip ? new UnpackedInput(new GzipInput(in), raw, name, limits) : in;
      }
      TextInput text = TextInput.of(unpacked, name);
      this.isAsItLies = isPlain && text.isAsItLies();
      this.lines = new Lines(text.in(), block);
      this.header = readHeader();
    } catch (ZipException | EOFException e) {
      throw new BadFileException(name, "cannot be unpacked (" + reason(e) + ")", e);
    } catch (CharacterCodingException e) {
      throw new BadFileException(name, "is no whole UTF-16: save it as UTF-8", e);
    }
  }

  /** Returns the first four bytes as a number, the first one highest; less of them with zeros. */
  private static int magic(byte[] start) {
    int magic = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      magic = (magic << Byte.SIZE) | (i < start.length ? start[i] & 0xFF : 0);
    }
    return magic;
  }

  /**
   * Opens a file and reads its header. Closes the stream when that fails.
   *
   * @param bytes the file, plain, gzip or zip, which is told by its first bytes
   * @param name what to call the file in messages
   * @param stores gives each store its number, and gets the stores that are new
   * @throws BadFileException if it is empty, has no header of a kind that is known, or is not whole
   *     gzip where its header should be
   */
  public static ImportFile open(InputStream bytes, String name, StoreIdIndex stores)
      throws IOException {
    return open(bytes, name, stores, UnpackLimits.NONE, ReadOptions.NONE);
  }

  /**
   * Opens a file that comes from somebody else, within limits, and reads its header.
   *
   * @param options how to read what it does not say itself
   * @throws UnpackLimits.TooLarge from reading too, if it unpacks to more than the limits allow
   */
  public static ImportFile open(
      InputStream bytes, String name, StoreIdIndex stores, UnpackLimits limits, ReadOptions options)
      throws IOException {
    try {
      return new ImportFile(bytes, name, stores, BLOCK, limits, options);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private Header readHeader() throws IOException {
    for (int blocks = 0; blocks < BLOCKS_TO_HEADER; blocks++) {
      position = 0;
      switch (lines.nextUnlessTooLong()) {
        case NOTHING -> throw BadFileException.ofHeader(name, "is empty");
        case LONG_LINE -> {
          return ofLongLine();
        }
        case LINES -> skipByteOrderMark();
      }
      while (position < lines.end()) {
        int from = position;
        int to = endOfNextLine();
        if (!Fields.isBlank(lines.bytes(), from, to) && !tellsSeparator(lines.bytes(), from, to)) {
          if (isJson(from, to)) {
            position = from;
            line--;
            keepThatThereIsNoHeader();
            return Header.JSON_LINES;
          }
          Header read = Header.read(name, lines.bytes(), from, to, separator, options);
          keepHeaderText(RejectedText.of(lines.bytes(), from, to));
          return read;
        }
      }
    }
    throw BadFileException.ofHeader(name, "begins with nothing but empty lines");
  }

  private void keepHeaderText(String text) {
    String whole = separator == null ? text : SEPARATOR + separator + "\r\n" + text;
    boolean isFirst = headerText == null;
    hasOneHeader = isFirst || (hasOneHeader && whole.equals(headerText));
    headerText = whole;
  }

  private void keepThatThereIsNoHeader() {
    headerText = "";
    hasOneHeader = false;
  }

  /**
   * Returns the header above the rows read so far, with the line that tells the separator if there
   * is one; empty for JSON, and for an archive whose files have different headers.
   */
  public Optional<String> headerText() {
    return hasOneHeader ? Optional.ofNullable(headerText) : Optional.empty();
  }

  private boolean tellsSeparator(byte[] bytes, int from, int to) {
    String text = RejectedText.start(bytes, from, to, SEPARATOR.length() + 1);
    boolean tells =
        to - from == SEPARATOR.length() + 1 && text.toLowerCase(Locale.ROOT).startsWith(SEPARATOR);
    separator = tells ? (Character) text.charAt(SEPARATOR.length()) : separator;
    return tells;
  }

  /** Returns what a file is whose first line is too long for a row, which may be a bad one. */
  private Header ofLongLine() throws BadFileException {
    skipByteOrderMark();
    if (isJson(position, Lines.LONGEST)) {
      position = 0;
      keepThatThereIsNoHeader();
      return Header.JSON_LINES;
    }
    throw BadFileException.ofHeader(name, Header.LONG_HEADER);
  }

  /**
   * Returns whether the first line is that of a file with a poll in JSON on each line.
   *
   * @throws BadFileException if it is that of other JSON
   */
  private boolean isJson(int from, int to) throws BadFileException {
    int at = Fields.afterBlanks(lines.bytes(), from, to);
    byte first = lines.bytes()[at];
    boolean several = first == '{' && Fields.isBlank(lines.bytes(), at + 1, to);
    if (first == '[' || several) {
      throw new BadFileException(
          name,
          "is JSON %s: write each poll on a line of its own, for example with jq -c '%s'"
              .formatted(
                  several ? "with polls over several lines" : "in an array",
                  several ? "." : ".[]"));
    }
    return first == '{';
  }

  private void skipByteOrderMark() {
    if (line == lineBefore && (Words.four(lines.bytes(), 0) & 0xFF_FFFF) == BYTE_ORDER_MARK) {
      position = 3;
    }
  }

  /** Moves on to the next line, and returns where the text of this one ends. */
  private int endOfNextLine() {
    byte[] bytes = lines.bytes();
    int lineFeed = Words.lineEnd(bytes, position);
    int end = lineFeed > position && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    position = lineFeed + 1;
    line++;
    return end;
  }

  private Lines.Next nextBlock() throws IOException {
    position = 0;
    return lines.next();
  }

  /** Returns what the file holds. */
  public FileKind kind() {
    return header.kind();
  }

  /** Returns the bytes read so far, as they lie in the file: packed, if it is packed. */
  public long bytesRead() {
    CountedInput after = rest;
    return after == null
        ? Math.max(raw.count(), rangesEnd.getOpaque())
        : rangesEnd.getOpaque() + after.count();
  }

  /** Returns the rows read so far, rejected ones included; it grows with each block. */
  public long rowsRead() {
    return rows.getOpaque();
  }

  /**
   * Returns what was read as what, and what is likely to be a mistake though it was read: sentences
   * without a full stop, complete once all rows are read.
   */
  public List<String> notes() {
    return meaning.notes();
  }

  /**
   * Reads all rows and gives each to the sink.
   *
   * @throws BadFileException if the file turns out to mean something else than it seems to
   * @throws IOException if the file cannot be read to its end; the message says at which line. Rows
   *     before it have been given to the sink.
   */
  public void read(RowSink sink) throws IOException {
    read(sink, Long.MAX_VALUE, "");
  }

  /**
   * Reads all rows as {@link #read(RowSink)} does, and rejects polls that are too late.
   *
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one, and what would be right
   */
  public void read(RowSink sink, long latest, String tooLate) throws IOException {
    meaning.acceptPollsUntil(latest, tooLate);
    try {
      readRows(sink);
      while (nextFile()) {
        readRows(sink);
      }
    } catch (UnpackLimits.TooLarge | BadFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(broken(e), e);
    }
  }

  /**
   * Returns where the rows begin in the file as it lies on a disk, if several threads may read it
   * in ranges ({@link PollRange}): if it is a plain file of polls with a header. Asked before
   * anything is read.
   */
  public OptionalLong rangesFrom() {
    return isAsItLies && kind() == FileKind.POLLS && header != Header.JSON_LINES
        ? OptionalLong.of(lines.offset(position))
        : OptionalLong.empty();
  }

  /**
   * Returns a reader of ranges of the file, for one thread.
   *
   * @param ids gives each store its number, for this thread alone
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one, and what would be right
   */
  public PollRange range(
      PollRange.Source file, StoreIdIndex ids, PollRange.Sink sink, long latest, String tooLate) {
    Meaning own = new Meaning(name, options);
    own.acceptPollsUntil(latest, tooLate);
    return new PollRange(file, header, ids, sink, own);
  }

  /**
   * Takes over what a range was read to say, after those before it.
   *
   * @param end where the range ends in the file
   */
  public void took(PollRange.Outcome range, long end) {
    rangesEnd.setOpaque(end);
    line += range.lines();
    rows.setOpaque(rows.getPlain() + range.rows());
    meaning.addStatusCounts(range.statusCounts());
  }

  /** Returns the number of the line before the next one. */
  public long line() {
    return line;
  }

  /**
   * Reads the rest of the file, as {@link #read} does, from where the ranges end that were read.
   *
   * @param from where the rest begins in the file
   * @param linesBefore how many lines are before it
   * @param bytes the file from there on
   */
  public void readRest(
      long from, long linesBefore, InputStream bytes, RowSink sink, long latest, String tooLate)
      throws IOException {
    rangesEnd.setOpaque(from);
    line = linesBefore;
    meaning.acceptPollsUntil(latest, tooLate);
    CountedInput counted = new CountedInput(bytes);
    rest = counted;
    lines = new Lines(counted, block);
    position = 0;
    try {
      readRows(sink);
    } catch (BadFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(broken(e), e);
    }
  }

  /** Moves on to the next file of an archive, and returns whether there is one. */
  private boolean nextFile() throws IOException {
    InputStream next = archive == null ? null : archive.next();
    if (next == null) {
      return false;
    }
    lines = new Lines(TextInput.of(next, name).in(), block);
    lineBefore = line;
    separator = null;
    Header first = header;
    header = readHeader();
    if (header.kind() != first.kind()) {
      throw new BadFileException(
          name,
          "holds files of %s and of %s: pack each kind on its own"
              .formatted(first.kind().words(), header.kind().words()));
    }
    return true;
  }

  private void readRows(RowSink sink) throws IOException {
    if (header == Header.JSON_LINES) {
      readJson(new JsonRows(JsonPoll.of(name, meaning, options), stores, sink, meaning), sink);
      return;
    }
    Rows any = new Rows(header, stores, sink, meaning);
    boolean mayBePlain = kind() == FileKind.POLLS && header.separator() == ',' && meaning.isPlain();
    PlainPolls plain = mayBePlain ? new PlainPolls(header, stores, sink, meaning.latest()) : null;
    Lines.Next next = Lines.Next.LINES;
    while (next != Lines.Next.NOTHING) {
      switch (next) {
        case LINES -> readBlock(any, plain);
        case LONG_LINE -> rejectLongLine(sink);
        case NOTHING -> {}
      }
      next = nextBlock();
    }
  }

  private void readJson(JsonRows polls, RowSink sink) throws IOException {
    Lines.Next next = Lines.Next.LINES;
    while (next != Lines.Next.NOTHING) {
      switch (next) {
        case LINES -> readJsonBlock(polls);
        case LONG_LINE -> rejectLongLine(sink);
        case NOTHING -> {}
      }
      next = nextBlock();
    }
  }

  private void readJsonBlock(JsonRows polls) {
    long count = 0;
    while (position < lines.end()) {
      int from = position;
      int to = endOfNextLine();
      count += polls.read(lines.bytes(), from, to, line) ? 1 : 0;
    }
    rows.setOpaque(rows.getPlain() + count);
  }

  private void readBlock(Rows any, @Nullable PlainPolls plain) throws IOException {
    byte[] bytes = lines.bytes();
    long count = 0;
    while (position < lines.end()) {
      int next = plain == null ? PlainPolls.NOT_PLAIN : plain.read(bytes, position);
      if (next == PlainPolls.NOT_PLAIN) {
        count += readLine(any) ? 1 : 0;
      } else {
        position = next;
        line++;
        count++;
      }
    }
    rows.setOpaque(rows.getPlain() + count);
  }

  /** Reads the next line, or lines, and returns whether they are a row. */
  private boolean readLine(Rows any) throws IOException {
    int from = position;
    int to = endOfNextLine();
    return switch (any.read(lines.bytes(), from, to, line)) {
      case BLANK -> false;
      case ROW -> true;
      case UNCLOSED -> {
        readJoined(any, from, to);
        yield true;
      }
    };
  }

  /**
   * Reads a row whose quote is not closed on its first line: together with the lines that follow if
   * they make a row without a mistake, else it alone is wrong, so that a stray quote costs one row.
   */
  private void readJoined(Rows any, int first, int firstEnd) throws IOException {
    byte[] bytes = lines.bytes();
    int from = first;
    int to = firstEnd;
    int after = position;
    long number = line;
    for (int more = 1; more < MOST_LINES; more++) {
      if (position == lines.end()) {
        boolean there = lines.more(from);
        position -= from;
        after -= from;
        to -= from;
        from = 0;
        if (!there) {
          break;
        }
      }
      int start = position;
      int end = endOfNextLine();
      if (end - from > Lines.LONGEST) {
        break;
      }
      if (hasQuote(bytes, start, end) && any.readJoined(bytes, from, end, number)) {
        return;
      }
    }
    position = after;
    line = number;
    any.rejectUnclosed(bytes, from, to, number);
  }

  private static boolean hasQuote(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '"') {
      at++;
    }
    return at < to;
  }

  private void rejectLongLine(RowSink sink) {
    line++;
    byte[] start = lines.longLine();
    sink.rejected(line, Rows.TOO_LONG, RejectedText.ofLong(start, 0, start.length));
    rows.setOpaque(rows.getPlain() + 1);
  }

  /** Returns what a stream says is wrong; that of a zip archive says nothing when it breaks off. */
  private static String reason(IOException problem) {
    return problem.getMessage() == null ? "the data breaks off" : problem.getMessage();
  }

  /** Returns what to say when the file cannot be read any further. */
  public String broken(IOException problem) {
    return name
        + " cannot be read from line "
        + (line + 1)
        + " on ("
        + reason(problem)
        + "); the rows before were read. Fetch the whole file again, then import it again.";
  }

  @Override
  public void close() throws IOException {
    if (archive == null) {
      unpacked.close();
    } else {
      archive.close();
    }
  }
}
