# launch.pl FIGURES COMMAND...: runs the command and writes wall seconds, CPU seconds and peak KiB of it and its children into FIGURES.
# A process's ru_maxrss begins with that of the program that forked it and survives exec; Perl's is about 4 MiB, Python's 16.
use strict;
use warnings;
use POSIX ();
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

my $figures = shift;
my $getrusage = { x86_64 => 98, aarch64 => 165 }->{ (POSIX::uname())[4] } or die "launch.pl: x86_64 and aarch64 are known\n";
my $started = clock_gettime(CLOCK_MONOTONIC);
my $child = fork // die "launch.pl: fork: $!\n";
if (!$child) {
    exec { $ARGV[0] } @ARGV or POSIX::_exit(127);
}
waitpid $child, 0;
my $status = $?;
my $wall = clock_gettime(CLOCK_MONOTONIC) - $started;
my $used = "\0" x 144;
syscall($getrusage, -1, $used) == 0 or die "launch.pl: getrusage: $!\n";
my ($user, $user_us, $system, $system_us, $peak) = unpack 'q5', $used;
open my $out, '>', $figures or die "launch.pl: $figures: $!\n";
printf $out "%.6f %.6f %d\n", $wall, $user + $system + ($user_us + $system_us) / 1e6, $peak;
close $out or die "launch.pl: $figures: $!\n";
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
