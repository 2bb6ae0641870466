using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tracing.Capture.Importing.Ftrace;
using Tracing.Schemas;
using Tracing.Tests.Live;
using Tracing.Tests.Recording;
using Tracing.Tests.Samples;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>
/// The trace of a real guest. How it is judged, <see cref="ImportedSampleTests"/> says; here it is held against what a script finds that reads the raw lines and knows nothing of the importer.
/// </summary>
public sealed class FtraceSampleTests
{
    private static string Trace => ImportedSample.All["ftrace-swiotlb-force"].Recording;

    [Theory]
    [InlineData("ftrace-swiotlb-force")]
    [InlineData("ftrace-iommu-packed")]
    public void The_run_says_of_each_device_what_an_independent_script_finds_in_the_lines(string name)
    {
        var trace = ImportedSample.All[name].Recording;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("trace"), string.Join('\n', Lines(trace)));
        var (code, found) = Tool.Run("awk", "-f", Repository.PathOf("tests", "Importing", "Counting", "ftrace.awk"), folder.PathOf("trace"));
        Assert.Equal(0, code);

        Assert.Equal(found.TrimEnd(), Told(Imported.Of(new FtraceImporter(), File.ReadAllBytes(trace))));
    }

    [Fact]
    public void No_line_of_it_is_left_over_and_every_event_knows_its_device()
    {
        var imported = Imported.Of(new FtraceImporter(), File.ReadAllBytes(Trace));

        Assert.DoesNotContain(imported.Events, entry => entry.Note?.Contains("gave no event", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(imported.Events, entry => entry.Record is { Device: EventRecord.None, Kind: not EventKind.ThreadStarted });
        Assert.True(imported.IsComplete);
    }

    [Fact]
    public void Torn_shuffled_and_altered_lines_of_it_do_no_harm()
    {
        var lines = Lines(Trace);
        for (var seed = 1; seed <= TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            for (var turn = 0; turn < 10; turn++)
            {
                var changed = lines.ToList();
                for (var change = random.Next(1, 200); change > 0; change--) Change(changed, random);
                var imported = Imported.Of(new FtraceImporter(), string.Join(random.Next(2) == 0 ? "\n" : "\r\n", changed));
                Assert.True(imported.IsComplete, $"seed {seed}, turn {turn}");
                Assert.True(imported.Events.Count <= 20 * changed.Count, $"seed {seed}, turn {turn}");
            }
        }
    }

    private static void Change(List<string> lines, Random random)
    {
        var index = random.Next(lines.Count);
        var line = lines[index];
        switch (random.Next(6))
        {
            case 0: lines[index] = line[..random.Next(line.Length + 1)]; break;
            case 1: lines.RemoveAt(index); break;
            case 2: lines.Insert(random.Next(lines.Count), line); break;
            case 3: lines[index] = line[random.Next(line.Length + 1)..] + line; break;
            case 4: lines[index] = line.Replace('0', 'f'); break;
            default: lines[index] = line.Replace("=", "=0x7fffffffffffffff ", StringComparison.Ordinal); break;
        }
    }

    private static List<string> Lines(string trace)
    {
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(trace), CompressionMode.Decompress));
        return [.. unpacked.ReadToEnd().Split('\n')];
    }

    /// <summary>The same report, of the run.</summary>
    private static string Told(Imported imported)
    {
        var text = new StringBuilder();
        var registers = new Dictionary<(ushort Device, ushort Queue, RegisterName Name), ulong>();
        var features = new Dictionary<(ushort Device, RegisterName Name), ulong>();
        var devices = new SortedSet<ushort>();
        foreach (var record in imported.Of(EventKind.RegisterRead).Concat(imported.Of(EventKind.RegisterWrite)))
        {
            devices.Add(record.Device);
            if (record.FeatureWord is { } word && word < 2)
            {
                var key = (record.Device, record.RegisterName!.Value);
                features[key] = features.GetValueOrDefault(key) | (record.Value!.Value << (32 * word));
            }

            if (record.Kind == EventKind.RegisterRead) continue;
            registers[(record.Device, record.Queue, record.RegisterName!.Value)] = record.Value!.Value;
            if (record.RegisterName != RegisterName.QueueEnable) continue;
            ulong Of(RegisterName name) => registers[(record.Device, record.Queue, name)];
            ulong Address(RegisterName low, RegisterName high) => Of(low) | (Of(high) << 32);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"queue {record.Device}/{record.Queue}: {Of(RegisterName.QueueSize)} at 0x{Address(RegisterName.QueueDescLow, RegisterName.QueueDescHigh):x} 0x{Address(RegisterName.QueueDriverLow, RegisterName.QueueDriverHigh):x} 0x{Address(RegisterName.QueueDeviceLow, RegisterName.QueueDeviceHigh):x}");
        }

        foreach (var device in devices)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"device {device}: offered 0x{features[(device, RegisterName.DeviceFeature)]:x}, accepted 0x{features[(device, RegisterName.DriverFeature)]:x}, status {registers[(device, EventRecord.None, RegisterName.DeviceStatus)]}");
        }

        var mapped = imported.Of(EventKind.Map).Count(record => record.Part is Part.Payload or Part.IndirectTable);
        return text.Append(CultureInfo.InvariantCulture, $"{mapped} mapped, {imported.Of(EventKind.Unmap).Count()} unmapped, {imported.Of(EventKind.Doorbell).Count()} doorbells")
            .Replace(Environment.NewLine, "\n").ToString();
    }
}
