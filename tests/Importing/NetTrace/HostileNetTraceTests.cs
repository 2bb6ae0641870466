using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Tracing.Capture.Cli;
using Tracing.Capture.Importing.NetTrace;
using Tracing.Journals;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing.NetTrace;

/// <summary>Files that somebody has torn, changed or made up: an error in one line or a run that says so, whatever TraceEvent does with them.</summary>
public sealed class HostileNetTraceTests : IDisposable
{
    private const ulong Events = 2000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_came_before_a_tear_is_kept()
    {
        var whole = await Recorded(events: 50_000);
        var torn = folder.PathOf("torn.nettrace");
        await File.WriteAllBytesAsync(torn, whole[..(whole.Length * 3 / 4)], TestContext.Current.CancellationToken);

        var run = folder.PathOf("run.parquet");
        var import = await CaptureCommand.Run("import", torn, "-o", run);
        Assert.Equal(ExitCode.RecordingIncomplete, import.Exit);
        Assert.False(ParquetRows.Facts(run).Complete);
        var kept = ParquetRows.Query($"SELECT count(*) FILTER (event <> 'loss'), count(*) FILTER (event = 'loss' AND value IS NULL), max(source_sequence) FROM '{run}' WHERE source = 'driver'")[0].Split('|');
        Assert.InRange(int.Parse(kept[0]), 25_000, 40_000);
        Assert.Equal("1", kept[1]);
        Assert.Contains("the file ends before its end: ", ParquetRows.Query($"SELECT note FROM '{run}' WHERE source = 'import'")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutated_files_do_no_harm()
    {
        var whole = await Recorded(Events);
        var watch = Stopwatch.StartNew();
        for (var seed = 1; watch.Elapsed.TotalSeconds < TestScale.MutationSeconds; seed++)
        {
            var path = folder.PathOf("mutated.nettrace");
            await File.WriteAllBytesAsync(path, Mutated(whole, new Random(seed)), TestContext.Current.CancellationToken);
            try
            {
                foreach (var reader in new NetTraceFormat().Open(path, [])) Drain(reader, seed);
            }
            catch (IOException exception)
            {
                Assert.False(exception.Message.Contains('\n'), $"seed {seed}: {exception.Message}");
            }
        }
    }

    [Fact]
    public async Task A_type_that_is_nested_too_deeply_kills_only_who_reads_it()
    {
        var path = folder.PathOf("deep.nettrace");
        await File.WriteAllBytesAsync(path, DeepTrace(levels: 400_000), TestContext.Current.CancellationToken);
        var import = await CaptureCommand.Run("import", path, "-o", folder.PathOf("run.parquet"));
        Assert.Equal(ExitCode.InputUnreadable, import.Exit);
        Assert.Contains("deep.nettrace: it cannot be read: its reader died with signal 6", import.Error, StringComparison.Ordinal);
    }

    private static void Drain(IEventReader reader, int seed)
    {
        using (reader)
        {
            var last = 0UL;
            while (reader.Read())
            {
                Assert.True(reader.Count > last, $"seed {seed}: count {reader.Count} behind {last}");
                Assert.True(KnownValues.Problem(in reader.Current) is null, $"seed {seed}");
                last = reader.Count;
            }
        }
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();

        // What stands in front decides about everything behind it: it gets its share.
        var reach = random.Next(3) == 0 ? 4000 : bytes.Length - sizeof(int);
        for (var change = random.Next(1, 12); change > 0; change--)
        {
            var place = random.Next(reach);
            if (random.Next(3) == 0)
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => random.Next() });
            else bytes[place] = (byte)random.Next(256);
        }

        return random.Next(6) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    /// <summary>A trace of one block that describes one event, whose only field is an object with one field, and so on.</summary>
    private static byte[] DeepTrace(int levels)
    {
        using var trace = new MemoryStream();
        using var writer = new BinaryWriter(trace, Encoding.UTF8);
        writer.Write("Nettrace"u8);
        WriteText(writer, "!FastSerialization.1");
        BeginObject(writer, "Trace", version: 4);
        foreach (var part in (short[])[2026, 1, 4, 1, 0, 0, 0, 0]) writer.Write(part);
        writer.Write(0L);
        writer.Write(1_000_000_000L);
        foreach (var fact in (int[])[8, 1, 1, 0]) writer.Write(fact);
        writer.Write((byte)6);
        BeginObject(writer, "MetadataBlock", version: 2);
        var block = Description(levels);
        writer.Write(block.Length);
        while (trace.Length % 4 != 0) writer.Write((byte)0);
        writer.Write(block);
        writer.Write((byte)6);
        writer.Write((byte)1);
        return trace.ToArray();
    }

    private static byte[] Description(int levels)
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload, Encoding.Unicode);
        writer.Write(1);
        WriteWide(writer, "VirtioTrace");
        writer.Write(51);
        WriteWide(writer, "Store");
        writer.Write(0L);
        writer.Write(0);
        writer.Write(4);
        for (var level = 0; level < levels; level++)
        {
            writer.Write(1);
            writer.Write(1);
        }

        writer.Write(0);
        for (var level = 0; level < levels; level++) writer.Write((short)0);
        var description = payload.ToArray();

        using var block = new MemoryStream();
        using var head = new BinaryWriter(block);
        head.Write((short)20);
        head.Write((short)0);
        head.Write(0L);
        head.Write(0L);
        const int HeaderBytes = 72;
        head.Write(HeaderBytes + description.Length);
        head.Write(0);
        head.Write(0);
        head.Write(0L);
        head.Write(0L);
        head.Write(0);
        head.Write(0);
        head.Write(0L);
        head.Write(new byte[32]);
        head.Write(description.Length);
        head.Write(description);
        while (block.Length % 4 != 0) head.Write((byte)0);
        return block.ToArray();
    }

    private static void BeginObject(BinaryWriter writer, string name, int version)
    {
        writer.Write((byte)5);
        writer.Write((byte)5);
        writer.Write((byte)1);
        writer.Write(version);
        writer.Write(version);
        WriteText(writer, name);
        writer.Write((byte)6);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        writer.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void WriteWide(BinaryWriter writer, string text) => writer.Write(Encoding.Unicode.GetBytes(text + "\0"));

    /// <summary>A whole trace of some events.</summary>
    private async Task<byte[]> Recorded(ulong events)
    {
        var path = folder.PathOf("whole.nettrace");
        using var program = new EventSourceProgram(events);
        using var session = program.Listen(bufferMegabytes: 64);
        await using (var file = File.Create(path))
        {
            var copying = session.EventStream.CopyToAsync(file, TestContext.Current.CancellationToken);
            program.Begin();
            Assert.Equal(events, program.Emitted());
            program.End();
            await copying;
        }

        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }
}
