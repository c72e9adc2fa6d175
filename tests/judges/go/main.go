// Command logjudge checks a running log with the transparency-log packages of the Go project, which know
// nothing of this software: signed notes with sumdb/note, tree, tiles and proofs with sumdb/tlog. It prints
// what it checked as one line of JSON, or why it refuses and exits 1.
//
//	logjudge [-old FILE] [-witness VKEY]... [-receipts N] PREFIX VKEY
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
)

type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// What was checked.
type verdict struct {
	Origin       string `json:"origin"`
	Size         int64  `json:"size"`
	Root         string `json:"root"`
	Tiles        int    `json:"tiles"`
	Entries      int64  `json:"entries"`
	Receipts     int    `json:"receipts"`
	Cosignatures int    `json:"cosignatures"`
	OldSize      int64  `json:"oldSize"`
}

func main() {
	var witnesses list
	old := flag.String("old", "", "a checkpoint that the log must continue")
	receipts := flag.Int64("receipts", 0, "of how many entries, from both ends, to check the receipts")
	flag.Var(&witnesses, "witness", "a witness's key; its cosignature is counted, and refused where it is wrong")
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}

	v, err := judge(flag.Arg(0), flag.Arg(1), witnesses, *old, *receipts)
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
	line, _ := json.Marshal(v)
	fmt.Println(string(line))
}

func judge(prefix, vkey string, witnesses []string, old string, receipts int64) (*verdict, error) {
	keys, err := newKeys(vkey, witnesses)
	if err != nil {
		return nil, err
	}
	files := &files{prefix: strings.TrimRight(prefix, "/") + "/"}
	latest, err := keys.fetch(files)
	if err != nil {
		return nil, err
	}
	v := &verdict{
		Origin: keys.origin, Size: latest.tree.N, Root: latest.tree.Hash.String(), Cosignatures: latest.cosignatures,
	}
	log := newLog(files, keys.origin, latest.tree)
	if v.OldSize, err = log.checkContinues(keys, old); err != nil {
		return nil, err
	}
	if err = log.checkTiles(); err != nil {
		return nil, err
	}
	v.Tiles = len(files.tiles)
	entries, err := log.checkEntries()
	if err != nil {
		return nil, err
	}
	v.Entries = int64(len(entries))
	for i, e := range entries {
		n := int64(i)
		if n >= receipts && n < v.Size-receipts {
			continue
		}
		if err = checkReceipt(files, keys, e); err != nil {
			return nil, fmt.Errorf("receipt of entry %d: %v", n, err)
		}
		v.Receipts++
	}
	return v, nil
}
