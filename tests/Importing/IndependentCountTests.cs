using System.Diagnostics;
using System.IO.Compression;
using Tracing.Capture.Cli;
using Tracing.Tests.Recording;
using Tracing.Tests.Samples;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>
/// What an imported QEMU log says of negotiations, queues, doorbells, translations and faults is what a small awk program finds
/// in the raw text, which shares no line with the importer. <c>TRACING_CAPTURES=FOLDER</c> adds the logs of a folder.
/// </summary>
public sealed class IndependentCountTests : IDisposable
{
    private const string Told = """
        with told as (
            select sequence, device, event, register_name, feature_word, queue, value,
                case when register_name = 'device_feature' and event = 'register_read' then printf('offered 0x%x 0x%x', feature_word, value)
                     when register_name = 'driver_feature' and event = 'register_write' then printf('accepted 0x%x 0x%x', feature_word, value)
                     when register_name = 'device_status' and event = 'register_write' then printf('status 0x%x', value)
                     when register_name = 'queue_size' and event = 'register_write' then printf('size 0x%x 0x%x', queue, value)
                     when register_name = 'queue_enable' and event = 'register_write' then printf('enable 0x%x 0x%x', queue, value)
                     when register_name::varchar similar to 'queue_(desc|driver|device)_(low|high)' and event = 'register_write' then printf('area 0x%x %s 0x%x', queue,
                         case register_name::varchar when 'queue_desc_low' then '020' when 'queue_desc_high' then '024' when 'queue_driver_low' then '028'
                             when 'queue_driver_high' then '02c' when 'queue_device_low' then '030' else '034' end, value)
                end as line
            from RUN
        ), counted as (
            select 1::ubigint << 62 | d.device as place, printf('%d doorbells %d', d.device, count(e.device)) as line
            from (select distinct device from RUN where event = 'device_appeared') as d
            left join RUN as e on e.device = d.device and e.event = 'doorbell'
            group by d.device
            union all
            select 1::ubigint << 63 | k.place, printf('all %s %d', k.word, (select count(*) from RUN where event = k.kind))
            from (values (1, 'accesses', 'iommu_accessed'), (2, 'translations', 'iommu_translated'), (3, 'faults', 'iommu_faulted')) as k(place, word, kind)
        )
        select line from (
            select sequence as place, printf('%d %s', device, line) as line from told where line is not null
            union all select place, line from counted)
        order by place
        """;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Logs()
    {
        var committed = Directory.GetFiles(ImportedSample.Folder, "qemu-*.gz").Where(path => !path.Contains("legacy", StringComparison.Ordinal));
        var added = Environment.GetEnvironmentVariable("TRACING_CAPTURES") is { Length: > 0 } captures ? Directory.GetFiles(captures, "qemu-*.gz") : [];
        return [.. committed.Concat(added).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task An_imported_log_says_what_the_raw_text_says(string log)
    {
        var (text, run) = (folder.PathOf("log"), folder.PathOf("run.parquet"));
        await using (var zip = new GZipStream(File.OpenRead(log), CompressionMode.Decompress))
        await using (var target = File.Create(text))
            await zip.CopyToAsync(target, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Success, (await CaptureCommand.Run("import", log, "-o", run)).Exit);

        var counted = Count(text);
        Assert.Contains(counted, line => line.Contains("accepted", StringComparison.Ordinal));
        Assert.Equal(counted, ParquetRows.Query(Told.Replace("RUN", $"'{run}'", StringComparison.Ordinal)));
    }

    private static List<string> Count(string text)
    {
        using var awk = Process.Start(new ProcessStartInfo("awk", ["-f", Repository.PathOf("tests", "Importing", "Counting", "qemu-log.awk"), text])
        {
            RedirectStandardOutput = true,
        })!;
        var output = awk.StandardOutput.ReadToEnd();
        awk.WaitForExit();
        Assert.Equal(0, awk.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
